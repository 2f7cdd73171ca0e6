"""Where a source can be mutated: one walk over what libclang says, and a copy of the source with all mutants in it, each behind a number."""
import dataclasses
import pathlib
import re
import sys

try:
    from clang import cindex
except ImportError:
    sys.path.append("/usr/lib/python3/dist-packages")
    from clang import cindex

# Older ones do not understand the ranges of this standard library.
cindex.Config.set_library_file(next(str(p) for p in sorted(pathlib.Path("/usr/lib").glob("llvm-1[6-9]/lib/libclang-1?.so.1"), reverse=True)))

KIND = cindex.CursorKind
FUNCTIONS = {KIND.FUNCTION_DECL, KIND.CXX_METHOD, KIND.CONSTRUCTOR, KIND.DESTRUCTOR, KIND.CONVERSION_FUNCTION, KIND.FUNCTION_TEMPLATE}
OTHERS = {"<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "==": ("!=",), "!=": ("==",),
          "&&": ("||",), "||": ("&&",), "+": ("-",), "-": ("+",), "*": ("/",), "/": ("*",), "%": ("/",), "&": ("|",), "|": ("&",),
          "+=": ("-=",), "-=": ("+=",)}
COMPARED = {"<", "<=", ">", ">=", "==", "!=", "&&", "||"}
LOOPS = {KIND.WHILE_STMT, KIND.FOR_STMT, KIND.DO_STMT}
# Evaluated by the compiler: there is nothing to switch while the program runs.
FIXED = {KIND.CASE_STMT, KIND.STATIC_ASSERT, KIND.ENUM_DECL, KIND.TYPEDEF_DECL, KIND.TYPE_ALIAS_DECL}


@dataclasses.dataclass
class Mutant:
    number: int
    file: str
    line: int
    text: str   # of the line
    was: str
    becomes: str

    @property
    def key(self):
        return self.file, self.text, f"{self.was} -> {self.becomes}"


@dataclasses.dataclass
class Place:
    start: int
    end: int
    alternatives: list  # (number, text)
    cast: str = ""  # what the unchanged expression becomes, so that it fits beside the alternatives


def short(text):
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."


class Source:
    """The mutants of one file. `first` is the number of the first."""

    def __init__(self, root, name, arguments, first):
        self.name = name
        self.bytes = (root / name).read_bytes()
        self.lines = self.bytes.decode().split("\n")
        self.mutants, self.places, self.next = [], [], first
        unit = cindex.Index.create().parse(str(root / name), arguments)
        failed = [str(d) for d in unit.diagnostics if d.severity >= cindex.Diagnostic.Error]
        if failed:
            raise SystemExit(f"mutate: {name}: {failed[0]}")
        for cursor in unit.cursor.get_children():
            if self.is_here(cursor):
                self.outside(cursor)

    def is_here(self, cursor):
        file = cursor.location.file
        return file is not None and file.name.endswith(self.name)

    def text(self, start, end):
        return self.bytes[start:end].decode()

    def outside(self, cursor):
        """Down to the bodies of functions."""
        for child in cursor.get_children():
            if child.kind == KIND.COMPOUND_STMT and cursor.kind in FUNCTIONS:
                self.inside(child)
            elif child.kind not in FIXED:
                self.outside(child)

    def add(self, cursor, start, end, was, alternatives, cast=""):
        if not alternatives or start >= end:
            return
        made = []
        for becomes, text in alternatives:
            line = self.bytes[:start].count(b"\n") + 1
            self.mutants.append(Mutant(self.next, self.name, line, self.lines[line - 1].strip(), short(was), short(becomes)))
            made.append((self.next, " ".join(part.split("//")[0] for part in text.splitlines())))  # what follows keeps its line
            self.next += 1
        self.places.append(Place(start, end, made, cast))

    def inside(self, cursor, parent=None):
        kind = cursor.kind
        if kind in FIXED or (kind == KIND.VAR_DECL and self.is_constant(cursor)):
            if kind == KIND.CASE_STMT:  # its label is fixed, what it does is not
                for child in list(cursor.get_children())[1:]:
                    self.statement(child, cursor)
                    self.inside(child, cursor)
            return
        children = list(cursor.get_children())
        start, end = cursor.extent.start.offset, cursor.extent.end.offset
        if kind == KIND.IF_STMT and self.text(start, end).startswith("if constexpr"):
            children = children[1:]
        elif kind in (KIND.IF_STMT, KIND.CONDITIONAL_OPERATOR) and children and children[0].kind.is_expression():
            self.condition(children[0])
        if kind in (KIND.BINARY_OPERATOR, KIND.COMPOUND_ASSIGNMENT_OPERATOR, KIND.CALL_EXPR):
            self.operator(cursor, children)
        elif kind == KIND.CXX_BOOL_LITERAL_EXPR:
            was = self.text(start, end)
            becomes = "false" if was == "true" else "true"
            self.add(cursor, start, end, was, [(becomes, becomes)])
        elif kind == KIND.INTEGER_LITERAL and self.bytes[start - 1:start] != b"<":  # not of a template
            was = self.text(start, end)
            self.add(cursor, start, end, was, [(f"{was} + 1", f"({was}) + 1")] + ([(f"{was} - 1", f"({was}) - 1")] if was not in "01" else []))
        elif kind == KIND.RETURN_STMT and children and children[0].type.get_canonical().spelling == "bool":
            self.negation(children[0])
        for place, child in enumerate(children):
            if kind == KIND.COMPOUND_STMT or (kind == KIND.IF_STMT and place > 0) or (kind in LOOPS | {KIND.CXX_FOR_RANGE_STMT} and place == len(children) - 1):
                self.statement(child, cursor)
            self.inside(child, cursor)

    def is_constant(self, cursor):
        return any(token.spelling in ("constexpr", "consteval", "static") for token in list(cursor.get_tokens())[:3])

    def statement(self, cursor, parent):
        """One that can be left out; room that is made ahead changes nothing."""
        if cursor.kind in (KIND.BINARY_OPERATOR, KIND.COMPOUND_ASSIGNMENT_OPERATOR, KIND.CALL_EXPR, KIND.UNARY_OPERATOR) or (
                cursor.kind == KIND.UNEXPOSED_EXPR):
            start, end = cursor.extent.start.offset, cursor.extent.end.offset
            if "reserve(" not in self.text(start, end):
                self.add(cursor, start, end, self.text(start, end), [("nothing", "void()")], cast="void")

    def condition(self, cursor):
        start, end = cursor.extent.start.offset, cursor.extent.end.offset
        was = self.text(start, end)
        if re.match(r"(const )?[\w:<>*&]+ \w+ = ", was):  # a declaration
            return
        self.add(cursor, start, end, was, [("true", "true"), ("false", "false")], cast="static_cast<bool>")

    def negation(self, cursor):
        start, end = cursor.extent.start.offset, cursor.extent.end.offset
        was = self.text(start, end)
        if was not in ("true", "false") and not any(op in was for op in ("==", "!=", "<", ">", "&&", "||")):
            self.add(cursor, start, end, was, [(f"!({was})", f"!({was})")], cast="static_cast<bool>")

    def operator(self, cursor, children):
        if cursor.kind == KIND.CALL_EXPR:
            if not cursor.spelling.startswith("operator"):
                return
            arguments = list(cursor.get_arguments())
            if len(arguments) != 2 or any(a is None for a in arguments):
                return
            left, right = arguments
        else:
            if len(children) != 2:
                return
            left, right = children
        between = self.text(left.extent.end.offset, right.extent.start.offset).strip()
        if between not in OTHERS:
            return
        builtin = cursor.kind != KIND.CALL_EXPR
        if between not in COMPARED and not (builtin and self.is_number(left) and self.is_number(right)):
            return
        start, end = left.extent.start.offset, right.extent.end.offset
        a, b = self.text(start, left.extent.end.offset), self.text(right.extent.start.offset, end)
        self.add(cursor, start, end, f"{short(a)} {between} {short(b)}",
                 [(f"{short(a)} {other} {short(b)}", f"({a}) {other} ({b})") for other in OTHERS[between]])

    @staticmethod
    def is_number(cursor):
        kind = cursor.type.get_canonical().kind
        return cindex.TypeKind.BOOL.value <= kind.value <= cindex.TypeKind.LONGDOUBLE.value

    def rendered(self, dropped=frozenset()):
        """The source with its mutants, but for those of `dropped` numbers. Outer places hold inner ones in their own text alone: of
        alternatives one at most is in force."""
        self.out, self.spans = Written(), []
        places = sorted(self.places, key=lambda p: (p.start, -p.end, p.cast != "void"))
        self.render(places, 0, 0, len(self.bytes), dropped)
        return '#include "mutant.hpp"\n#line 1\n' + "".join(self.out.parts)

    def render(self, places, at, start, end, dropped):
        position = start
        while at < len(places) and places[at].start < end:
            place = places[at]
            self.out.write(self.text(position, place.start))
            began = self.out.place()
            alternatives = [(number, text) for number, text in place.alternatives if number not in dropped]
            if alternatives:
                self.out.write("(" + "".join(f"crm_mutant({number}) ? ({text}) : " for number, text in alternatives) + f"{place.cast}(")
            at = self.render(places, at + 1, place.start, place.end, dropped)
            if alternatives:
                self.out.write("))")
                self.spans.append((began, self.out.place(), [number for number, _ in alternatives]))
            position = place.end
        self.out.write(self.text(position, end))
        return at

    def to_blame(self, line, column):
        """The mutants of the innermost place around what the compiler does not take, or else all that begin on its line."""
        around = [span for span in self.spans if span[0] <= (line, column) <= span[1]]
        found = around[:1] or [span for span in self.spans if span[0][0] == line]  # inner ones were noted first
        return {number for span in found for number in span[2]}


class Written:
    """What is written, and where that has come to: line and column, in bytes, from 1."""

    def __init__(self):
        self.parts, self.line, self.column = [], 1, 1

    def write(self, text):
        self.parts.append(text)
        lines = text.encode().split(b"\n")
        self.line += len(lines) - 1
        self.column = len(lines[-1]) + (1 if len(lines) > 1 else self.column)

    def place(self):
        return self.line, self.column
