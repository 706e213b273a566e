/**
 * What components cost that Accelergy's classes name, where no table of energies is given: each
 * class is matched with parts of Einloom's own component classes, and the match says how.
 */
@NullMarked
package org.einloom.io.timeloop.accelergy;

import org.jspecify.annotations.NullMarked;
