"""Compiles a folder of collected facts about Almaty into the files of `data/`.

Run from the top of the repository:

    python3 -m tools.compile_city --facts FOLDER --out data

Nothing is copied: every fact is read, checked, cleaned and written in the
schema that `data/README.md` describes. What cannot be trusted is left out and
listed with its reason in `data/refused.csv`.
"""
