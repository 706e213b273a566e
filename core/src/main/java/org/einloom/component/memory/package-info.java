/** Memories: registers, register files, queues, and memory chips by family. */
@NullMarked
package org.einloom.component.memory;

import org.jspecify.annotations.NullMarked;
