"""Statements whose SQL is written once: peewee takes longer to write a small query than the database to answer it."""

from peewee import IntegerField, ModelTupleCursorWrapper, Node, TextField, __exception_wrapper__

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
        written, cursor = self._execute(values)
        return written.read(cursor)

    def _execute(self, values):
        written = self._sql(tuple([_power_of_two(len(value)) if isinstance(value, list) else None for value in values]))
        return written, database.execute_sql(written.sql, written.filled(values))

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
            self._written[key] = Written(self._write(*slots))
        return self._written[key]


class Written:
    """A query as SQL, with what it is given and how its rows are read."""

    def __init__(self, query):
        self._query, self._converters, self._constructor = query, None, None
        self.sql, parameters = database.get_sql_context().parse(query)
        self._parameters = [one for one in parameters if not isinstance(one, Part) or not one.place]

    def filled(self, values):
        """The parameters with these values among them."""
        filled = []
        for one in self._parameters:
            if not isinstance(one, Part):
                filled.append(one)
            elif one.place is None:
                filled.append(one.store(values[one.index]))
            else:
                filled += one.each(values[one.index])
        return filled

    def read(self, cursor):
        """The rows as peewee gives them. Of tuples each column is turned at once, what stands there again only once."""
        found = self._query._get_cursor_wrapper(cursor)
        if not isinstance(found, ModelTupleCursorWrapper):
            return list(found)
        if self._constructor is None:
            found.initialize()
            self._converters, self._constructor = found.converters, found.constructor
        columns = [
            column if convert is None else map({value: convert(value) for value in set(column)}.get, column)
            for column, convert in zip(zip(*cursor.fetchall(), strict=True), self._converters, strict=False)
        ]
        return list(map(self._constructor, zip(*columns, strict=True)))


class Slot(Node):
    """Where a value comes in later, turned into what the field beside it stores."""

    def __init__(self, index, place=None):
        self.index, self.place = index, place

    def __sql__(self, ctx):
        store = ctx.state.converter or (lambda value: value)
        return ctx.value(Part(self.index, self.place, store), converter=False)


class Part:
    """A parameter to come: the value at an index, or the whole list there, of which the first part stands for all."""

    def __init__(self, index, place, store):
        self.index, self.place, self.store = index, place, store

    def each(self, values):
        """A list as it is stored: it repeats its last until it has as many as the statement has places."""
        stored = list(map(self.store, values))
        return stored + stored[-1:] * (_power_of_two(len(stored)) - len(stored))


def _power_of_two(size):
    """So many places has a list of this length in a statement, so that few lengths need one of their own."""
    return 1 << (size - 1).bit_length()


AS_THEY_ARE = (TextField, IntegerField)
"""Columns whose values the driver takes as the domain has them."""
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
    table = [[store(row[name]) if store else row[name] for name, store in stores] for row in rows]
    with database.ties.around(sql), __exception_wrapper__:
        database.cursor().executemany(sql, table)


def _insert_sql(model, names):
    fields = [model._meta.fields[name] for name in names]
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    marks = ", ".join([database.param] * len(fields))
    sql = f'INSERT INTO "{model._meta.table_name}" ({columns}) VALUES ({marks})'
    return sql, [(field.name, None if type(field) in AS_THEY_ARE else field.db_value) for field in fields]
