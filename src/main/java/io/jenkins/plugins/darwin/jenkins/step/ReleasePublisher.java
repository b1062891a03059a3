package io.jenkins.plugins.darwin.jenkins.step;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.publish.Publisher;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Lets another plugin publish releases to a place of its own: what it returns takes part in every {@code darwinPromote}, in the
 * order that its stages say, with everything that holds for our own publishers.
 */
public abstract class ReleasePublisher implements ExtensionPoint {
    /**
     * The publisher for one build.
     *
     * @return one that is {@link Serializable}, since it works on the agent; empty when this build has nothing for it
     */
    public abstract Optional<Publisher> publisher(Run<?, ?> run);

    /** Those of all plugins, for one build. */
    static ArrayList<Publisher> all(Run<?, ?> run) {
        ArrayList<Publisher> all = new ArrayList<>();
        for (ReleasePublisher each : ExtensionList.lookup(ReleasePublisher.class)) {
            each.publisher(run).ifPresent(publisher -> all.add(requireSerializable(publisher)));
        }
        return all;
    }

    private static Publisher requireSerializable(Publisher publisher) {
        if (!(publisher instanceof Serializable)) {
            throw ReleaseException.failed("The publisher '" + publisher.name()
                    + "' can't be sent to an agent: expected it to be" + " serializable. Its plugin has to mend that.");
        }
        return publisher;
    }
}
