/**
 * The template language and the expressions of Timeloop's Python front end, run in a sandbox: the
 * interpreter knows numbers, texts, lists, tables and a fixed list of functions, and nothing of
 * Java; it reads files at or below one folder only; steps, depth and sizes are bounded.
 */
@NullMarked
package org.einloom.io.timeloop.template;

import org.jspecify.annotations.NullMarked;
