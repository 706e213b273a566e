/**
 * Arithmetic over the attributes of a component class: parsed into a small tree, in which nothing
 * but numbers, names, operators and a few functions can stand.
 */
@NullMarked
package org.einloom.component.expression;

import org.jspecify.annotations.NullMarked;
