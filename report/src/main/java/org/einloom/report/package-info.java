/**
 * Reports: results as tables for people and as JSON for programs, and files written whole or not.
 */
@NullMarked
package org.einloom.report;

import org.jspecify.annotations.NullMarked;
