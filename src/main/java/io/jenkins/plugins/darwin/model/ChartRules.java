package io.jenkins.plugins.darwin.model;

import java.util.List;

/**
 * What is looked at in one chart beside its packing.
 *
 * @param values files in the repository with which the chart is rendered, too, each alone; its own values always are
 * @param allow images of others that the chart may ask for
 */
public record ChartRules(List<String> values, List<Allow> allow) {
    /** Its own values, and no image but the release's. */
    public static final ChartRules NONE = new ChartRules(List.of(), List.of());

    public ChartRules {
        values = List.copyOf(values);
        allow = List.copyOf(allow);
    }

    /**
     * An image of others.
     *
     * @param image its name, with a tag when only that one is meant; {@code *} stands for anything
     * @param reason for those who ask
     */
    public record Allow(String image, String reason) {}
}
