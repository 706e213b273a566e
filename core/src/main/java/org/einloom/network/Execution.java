package org.einloom.network;

/**
 * One layer of the network, where it stands in the order of the graph.
 *
 * @param name its own
 * @param layer the result of its computation: the position among the distinct layers, from 0
 */
public record Execution(String name, int layer) {}
