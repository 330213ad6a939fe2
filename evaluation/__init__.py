"""The accuracy of Foreign Desk on gold written for it: measures, baseline, floors, cases.

`python -m evaluation`, from the repository root, prints the figures. Not part of the package.
"""
