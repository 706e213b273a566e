/**
 * What Timeloop's files ask of mappings that are searched, and how to search: constraints and
 * options of its mapper as records, and what they mean to Einloom's.
 */
@NullMarked
package org.einloom.io.timeloop.mapspace;

import org.jspecify.annotations.NullMarked;
