/**
 * Files as Timeloop's Python front end takes them (templates, tags, merges, expressions, {@code
 * !Container} and {@code !Parallel}, constraints inside nodes) turned into one document of the
 * native form that Timeloop's C++ program reads, in which every value still knows its place.
 */
@NullMarked
package org.einloom.io.timeloop.front;

import org.jspecify.annotations.NullMarked;
