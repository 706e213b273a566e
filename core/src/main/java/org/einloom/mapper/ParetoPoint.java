package org.einloom.mapper;

import org.einloom.evaluation.Evaluation;
import org.einloom.mapping.LoopTree;

/** A mapping that no other beats in both energy and latency. */
public record ParetoPoint(LoopTree mapping, Evaluation evaluation) {}
