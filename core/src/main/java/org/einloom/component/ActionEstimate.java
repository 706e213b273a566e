package org.einloom.component;

/**
 * What one action costs.
 *
 * @param energyPj per action
 * @param latencyNs from its start to its result
 * @param widthBits bits that one action moves; 0 where it does not move words
 * @param rate how often it can be done
 */
public record ActionEstimate(
    Derivation energyPj, Derivation latencyNs, long widthBits, Rate rate) {}
