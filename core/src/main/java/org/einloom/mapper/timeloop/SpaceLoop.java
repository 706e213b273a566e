package org.einloom.mapper.timeloop;

import org.einloom.evaluation.timeloop.Nest;

/** A loop in space over a dimension. */
record SpaceLoop(int dim, long count, Nest.Axis axis) {}
