/**
 * Going through a study: {@link org.einloom.explore.engine.Explorer} takes points from a {@link
 * org.einloom.explore.engine.PointSource}, cuts what cannot be an answer, solves what several
 * points share once, and hands every finished point on.
 */
@NullMarked
package org.einloom.explore.engine;

import org.jspecify.annotations.NullMarked;
