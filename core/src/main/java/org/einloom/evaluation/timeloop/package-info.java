/**
 * The accounting of Timeloop (commit 4cf6d4c): what a mapping costs by its rules, its
 * approximations included, each of which is described at the class that makes it. Counts are found
 * by products over loops where loops are regular, and by walking their first and last iterations
 * elsewhere.
 */
@NullMarked
package org.einloom.evaluation.timeloop;

import org.jspecify.annotations.NullMarked;
