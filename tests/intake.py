"""The real intake, once for all tests of a process: starting the process apart takes a third of a second."""

from documents.intake import PageIntake

INTAKE = PageIntake()
