/**
 * Random Einsums, architectures and mappings for property tests, and a shrinker for those that
 * fail.
 */
@NullMarked
package org.einloom.testing;

import org.jspecify.annotations.NullMarked;
