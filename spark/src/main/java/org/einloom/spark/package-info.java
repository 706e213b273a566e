/** Solves the mapping problems of studies on Apache Spark. */
@NullMarked
package org.einloom.spark;

import org.jspecify.annotations.NullMarked;
