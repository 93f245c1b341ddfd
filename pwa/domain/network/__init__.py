"""The network of funds: figures, and reports that add up and that anybody can check. The files' code knows no database."""
