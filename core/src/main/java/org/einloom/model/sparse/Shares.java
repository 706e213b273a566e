package org.einloom.model.sparse;

/** Shares of what is done, gated and skipped. */
record Shares(double done, double gated, double skipped) {}
