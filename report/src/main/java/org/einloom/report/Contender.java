package org.einloom.report;

import java.util.OptionalDouble;
import org.einloom.network.ResultSummary;

/**
 * One of the results that are compared.
 *
 * @param file as the user named it
 * @param summary its figures
 * @param accuracyPercent of the network as it runs there, which only the user knows
 */
public record Contender(String file, ResultSummary summary, OptionalDouble accuracyPercent) {}
