package org.einloom.io.timeloop;

import org.einloom.io.input.Position;
import org.einloom.io.yaml.YamlNode;

/**
 * A top-level key of a file that is not read into a record here: constraints, options of the
 * mapper, and others.
 *
 * @param key as it is written
 * @param at where the key stands
 * @param value what stands under it
 */
public record Section(String key, Position at, YamlNode value) {}
