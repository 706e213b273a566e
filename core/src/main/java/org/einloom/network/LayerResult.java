package org.einloom.network;

import org.einloom.evaluation.Evaluation;
import org.einloom.mapper.Optimality;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Layer;

/**
 * One distinct layer, mapped.
 *
 * @param layer its first occurrence in the network
 * @param repeats how often it occurs
 * @param mapping how it runs
 * @param evaluation what one execution costs
 * @param optimality how sure it is that no mapping is better
 */
public record LayerResult(
    Layer layer, long repeats, LoopTree mapping, Evaluation evaluation, Optimality optimality) {}
