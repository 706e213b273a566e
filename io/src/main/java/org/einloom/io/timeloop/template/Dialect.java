package org.einloom.io.timeloop.template;

/** Whose expressions are read. They share numbers, names, operators and calls. */
public enum Dialect {
  /** In templates: filters, tests, {@code ~}. */
  TEMPLATE,
  /** In values of YAML files: what Python allows of them. */
  PYTHON
}
