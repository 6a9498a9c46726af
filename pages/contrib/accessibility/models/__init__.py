"""The statement with its rows, and the reports of readers."""

from .reports import ProblemReport
from .statement import AccessibilityStatement, InaccessibleContent, MobileApp

__all__ = ["AccessibilityStatement", "InaccessibleContent", "MobileApp", "ProblemReport"]
