/**
 * Studies: which of many designs are worth building. A {@link org.einloom.explore.Study} says what
 * may differ, what is asked and what is to be small; its points become designs, are mapped, and end
 * as {@link org.einloom.explore.PointResult}s in a {@link org.einloom.explore.ResultSink}. Problems
 * that several points have in common are solved once, and points that cannot be among the best are
 * cut by their bounds before they are solved.
 */
@NullMarked
package org.einloom.explore;

import org.jspecify.annotations.NullMarked;
