/**
 * Mapping problems of a study: two that are the same but for names are one, and what is known of
 * one bounds others. {@link org.einloom.explore.solve.Family} holds what is known of problems that
 * differ in sizes, costs and rates alone; {@link org.einloom.explore.solve.Floor} bounds a problem
 * before anything is known.
 */
@NullMarked
package org.einloom.explore.solve;

import org.jspecify.annotations.NullMarked;
