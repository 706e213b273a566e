package org.einloom.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.einloom.counts.Counts;

/**
 * The exact counts of one mapping, and how they were found.
 *
 * @param counts equal to what the simulator counts
 * @param methods by tensor access name, in the Einsum's order
 */
public record Analysis(Counts counts, SequencedMap<String, Method> methods) {
  public Analysis {
    methods = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(methods));
  }
}
