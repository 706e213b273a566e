/**
 * What is to be computed: Einsums over tensors whose ranks are affine in the rank variables, and
 * networks of them.
 */
@NullMarked
package org.einloom.workload;

import org.jspecify.annotations.NullMarked;
