/** The mapper: the best mapping of a workload on an architecture, with its proof. */
@NullMarked
package org.einloom.mapper;

import org.jspecify.annotations.NullMarked;
