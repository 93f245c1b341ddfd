"""Statements whose SQL is written once: peewee takes longer to write a small query than the database to answer it."""

from peewee import Node, __exception_wrapper__

from db import database


class Prepared:
    """A query written once for each kind of database, and asked with other values each time; called, it gives bare tuples.

    `write` takes as many slots as the query has values and returns a peewee query. A list is one value, for `in_`.
    """

    def __init__(self, write):
        self._write, self._written = write, {}

    def __call__(self, *values):
        """The rows as tuples. Whatever is a uuid in them comes as the driver gives it."""
        return [] if [] in values else self._execute(values)[1].fetchall()

    def rows(self, *values):
        """The rows as the query itself gives them: models with what is joined to them, or tuples with each column as its field."""
        if [] in values:
            return []
        query, cursor = self._execute(values)
        return list(query._get_cursor_wrapper(cursor))

    def _execute(self, values):
        values = [_padded(value) if isinstance(value, list) else value for value in values]
        sizes = tuple(len(value) if isinstance(value, list) else None for value in values)
        query, sql, parameters = self._sql(sizes)
        filled = [one(values) if callable(one) else one for one in parameters]
        return query, database.execute_sql(sql, filled)

    def run(self, *values):
        """Carry out a query that changes rows and gives none."""
        self._execute(values)

    def value(self, *values):
        """The first column of the first row, or None."""
        rows = self(*values)
        return rows[0][0] if rows else None

    def _sql(self, sizes):
        key = type(database.obj), sizes
        if key not in self._written:
            slots = [Slot(i) if n is None else [Slot(i, k) for k in range(n)] for i, n in enumerate(sizes)]
            query = self._write(*slots)
            self._written[key] = query, *database.get_sql_context().parse(query)
        return self._written[key]


class Slot(Node):
    """Where a value comes in later, turned into what the field beside it stores."""

    def __init__(self, index, place=None):
        self.index, self.place = index, place

    def __sql__(self, ctx):
        store = ctx.state.converter or (lambda value: value)
        return ctx.value(lambda values: store(self._pick(values)), converter=False)

    def _pick(self, values):
        return values[self.index] if self.place is None else values[self.index][self.place]


_inserts = {}


def insert(model, rows):
    """Insert rows, dicts by field name that all name the same fields, in one go of the driver."""
    if not rows:
        return
    names = tuple(rows[0])
    key = type(database.obj), model, names
    if key not in _inserts:
        _inserts[key] = _insert_sql(model, names)
    sql, stores = _inserts[key]
    table = [[store(row[name]) for name, store in stores] for row in rows]
    with database.ties.around(sql), __exception_wrapper__:
        database.cursor().executemany(sql, table)


def _insert_sql(model, names):
    fields = [model._meta.fields[name] for name in names]
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    marks = ", ".join([database.param] * len(fields))
    sql = f'INSERT INTO "{model._meta.table_name}" ({columns}) VALUES ({marks})'
    return sql, [(field.name, field.db_value) for field in fields]


def _padded(values):
    """The list repeated at its end up to a power of two, so that few lengths need a statement of their own."""
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))
