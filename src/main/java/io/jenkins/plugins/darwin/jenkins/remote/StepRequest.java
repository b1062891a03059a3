package io.jenkins.plugins.darwin.jenkins.remote;

import io.jenkins.plugins.darwin.candidate.BuildRecord;
import io.jenkins.plugins.darwin.git.GitRemote;
import io.jenkins.plugins.darwin.model.Json;
import io.jenkins.plugins.darwin.model.Version;
import io.jenkins.plugins.darwin.publish.Publisher;
import io.jenkins.plugins.darwin.release.PolicyCheck;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;

/**
 * What a step asks of an agent. It is sent, never stored.
 *
 * @param config path of a configuration in the workspace, or null for the repository's own {@code darwin-release.yaml}
 * @param registryUser who pushes to the registry, or null for nobody
 * @param registryPassword null without a user
 * @param cache folder on the agent for kept mirrors
 * @param from a commit of trunk to cut from, or null for its head
 * @param hotfix the name of a hotfix, or null
 * @param candidate the digest or name of the candidate to promote, or null for the newest
 * @param publishers of other plugins, each serializable
 * @param record what the controller knows of the build that is signed, as JSON, or null for other steps
 * @param policy what a vote's policy is held against: trunk's, or an administrator's in its place
 * @param environment the step's own, of {@code withEnv}, {@code environment}, {@code withCredentials}, tools, node and folder: what a
 *     shell step at the same place would have
 */
public record StepRequest(
        Version version,
        GitRemote remote,
        String config,
        String registryUser,
        String registryPassword,
        String cache,
        String from,
        String hotfix,
        String candidate,
        ArrayList<Publisher> publishers,
        byte[] record,
        PolicyCheck policy,
        HashMap<String, String> environment,
        boolean dryRun)
        implements Serializable {
    /** What the controller knows of the build that is signed. */
    Optional<BuildRecord> recorded() {
        return Optional.ofNullable(record).map(json -> Json.read(json, BuildRecord.class, "the record of the build"));
    }

    /** Without the password and the environment. */
    @Override
    public String toString() {
        return "StepRequest[" + version + " of " + remote + "]";
    }
}
