/** Workloads, architectures and mappings as YAML. */
@NullMarked
package org.einloom.io.yaml;

import org.jspecify.annotations.NullMarked;
