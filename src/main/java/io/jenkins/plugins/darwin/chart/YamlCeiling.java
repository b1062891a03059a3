package io.jenkins.plugins.darwin.chart;

import java.io.ByteArrayInputStream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What reads YAML into objects does so by recursion: a file of brackets would exhaust its stack. */
final class YamlCeiling {
    /** Far beyond any chart. */
    private static final int DEEPEST = 200;

    private YamlCeiling() {}

    /** @throws YamlEngineException when it is nested deeper than any chart is, or no YAML */
    static void require(byte[] yaml, LoadSettings settings) {
        int depth = 0;
        for (Event event : new Parse(settings).parseInputStream(new ByteArrayInputStream(yaml))) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw new YamlEngineException("it is nested deeper than " + DEEPEST + " levels");
            }
        }
    }
}
