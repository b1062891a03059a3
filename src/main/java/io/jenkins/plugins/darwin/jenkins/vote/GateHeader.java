package io.jenkins.plugins.darwin.jenkins.vote;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.darwin.model.CandidateId;
import io.jenkins.plugins.darwin.model.Digest;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import io.jenkins.plugins.darwin.model.ReleaseException;
import io.jenkins.plugins.darwin.vote.Vote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The first line of a gate's journal: what was decided when it opened. Texts and numbers only, nullable, so that a later
 * version reads what an earlier one wrote.
 *
 * @param schema 1
 * @param id the gate's, unique in its build
 * @param node the flow node of the step that waits
 * @param voters as they were configured, by Jenkins' own IDs
 * @param staging location of the staging registry
 * @param insecure hosts there that are spoken to in plain http
 * @param registryCredentials ID, or null
 * @param signingKey ID of the credentials that sign the record
 * @param mail addresses, besides the voters' own
 * @param webhook URL, or null
 * @param webhookSecret ID of the credentials that hold its secret, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GateHeader(
        int schema,
        String id,
        String node,
        String project,
        String candidate,
        String digest,
        String opened,
        String deadline,
        String openedBy,
        List<String> voters,
        List<String> advisers,
        int quorum,
        int hours,
        int minHours,
        Boolean closeEarly,
        List<String> checklist,
        Integer graceMinutes,
        String staging,
        List<String> insecure,
        String registryCredentials,
        String signingKey,
        List<String> mail,
        String webhook,
        String webhookSecret) {
    private static final int SCHEMA = 1;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    GateHeader {
        voters = copy(voters);
        advisers = copy(advisers);
        checklist = copy(checklist);
        insecure = copy(insecure);
        mail = copy(mail);
        project = shared(project);
        digest = shared(digest);
        staging = shared(staging);
        registryCredentials = shared(registryCredentials);
        signingKey = shared(signingKey);
        webhook = shared(webhook);
        webhookSecret = shared(webhookSecret);
    }

    private static List<String> copy(List<String> list) {
        return list == null ? List.of() : list.stream().map(GateHeader::shared).toList();
    }

    /** What a thousand gates have in common is in memory once. */
    private static String shared(String text) {
        return text == null ? null : text.intern();
    }

    /** The vote before its first event. */
    Vote vote() {
        return Vote.open(
                candidateId(), candidateDigest(), policy(), Instant.parse(opened), Instant.parse(deadline), openedBy);
    }

    CandidateId candidateId() {
        return CandidateId.parse(candidate);
    }

    Digest candidateDigest() {
        return Digest.parse(digest);
    }

    private VotePolicy policy() {
        return new VotePolicy(
                voters.stream().map(VoterIds::entry).toList(),
                advisers.stream().map(VoterIds::entry).toList(),
                quorum,
                hours,
                minHours,
                Optional.ofNullable(closeEarly),
                checklist,
                graceMinutes == null ? VotePolicy.GRACE_MINUTES : graceMinutes);
    }

    /** One line. */
    String toLine() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // texts and numbers
        }
    }

    static GateHeader parse(String line) {
        try {
            GateHeader header = MAPPER.readValue(line, GateHeader.class);
            if (header.schema != SCHEMA) {
                throw ReleaseException.refused("The vote was opened by another version of the plugin: expected schema "
                        + SCHEMA + ", found " + header.schema + ".");
            }
            return header;
        } catch (JsonProcessingException e) {
            throw ReleaseException.refused("The vote's first line can't be read: " + e.getOriginalMessage(), e);
        }
    }
}
