/**
 * Problems, solutions and whatever else is made of records as bytes: to send them to other
 * processes, to keep them in files, and to tell them apart by digests.
 */
@NullMarked
package org.einloom.explore.wire;

import org.jspecify.annotations.NullMarked;
