/** The model: action counts of a mapping in closed form. */
@NullMarked
package org.einloom.model;

import org.jspecify.annotations.NullMarked;
