/** Reports: tables and JSON of an evaluation. */
@NullMarked
package org.einloom.report;

import org.jspecify.annotations.NullMarked;
