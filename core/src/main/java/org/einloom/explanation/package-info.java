/**
 * Explanations: why a mapping costs what it costs. Which component decides the time, and how far
 * the traffic of each memory is from the least that its share of the work needs.
 */
@NullMarked
package org.einloom.explanation;

import org.jspecify.annotations.NullMarked;
