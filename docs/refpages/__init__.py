"""The bodies of the reference pages, each made from one register; `docs/build.py` puts them into files."""
