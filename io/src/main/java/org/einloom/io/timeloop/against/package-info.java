/** An evaluation held against what Timeloop printed of it: what agrees, what does not, and why. */
@NullMarked
package org.einloom.io.timeloop.against;

import org.jspecify.annotations.NullMarked;
