"""The scenario through the binding for .NET, compiled and run by mono."""
from pathlib import Path

import compare
import tools

tools.need("C#")
compare.check(["mono", tools.compile_csharp(Path(__file__).with_name("scenario.cs"))])
