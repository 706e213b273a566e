/**
 * Studies, opened: the base architecture, the workloads and tables that a study's file names, and
 * the designs that its points stand for.
 */
@NullMarked
package org.einloom.io.study;

import org.jspecify.annotations.NullMarked;
