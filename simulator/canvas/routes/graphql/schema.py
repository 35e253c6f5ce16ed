"""The part of Canvas's GraphQL schema that is simulated, in its own language.

Source: Canvas source, `app/graphql`. What bites: a field that is not here is a gap of this simulator, and
never to be read as one that Canvas does not have.
"""

from __future__ import annotations

SCHEMA = """
type Query {
  assignment(id: ID!): Assignment
  course(id: ID!): Course
}

type Mutation {
  postAssignmentGrades(input: PostAssignmentGradesInput!): PostAssignmentGradesPayload
  postAssignmentGradesForSections(
    input: PostAssignmentGradesForSectionsInput!
  ): PostAssignmentGradesForSectionsPayload
  hideAssignmentGrades(input: HideAssignmentGradesInput!): HideAssignmentGradesPayload
  hideAssignmentGradesForSections(
    input: HideAssignmentGradesForSectionsInput!
  ): HideAssignmentGradesForSectionsPayload
  setAssignmentPostPolicy(input: SetAssignmentPostPolicyInput!): SetAssignmentPostPolicyPayload
  setCoursePostPolicy(input: SetCoursePostPolicyInput!): SetCoursePostPolicyPayload
}

input PostAssignmentGradesInput {
  assignmentId: ID!
  gradedOnly: Boolean
  onlyStudentIds: [ID!]
  sectionIds: [ID!]
  skipStudentIds: [ID!]
}

input PostAssignmentGradesForSectionsInput {
  assignmentId: ID!
  gradedOnly: Boolean
  sectionIds: [ID!]!
}

input HideAssignmentGradesInput {
  assignmentId: ID!
  onlyStudentIds: [ID!]
  sectionIds: [ID!]
  skipStudentIds: [ID!]
}

input HideAssignmentGradesForSectionsInput {
  assignmentId: ID!
  sectionIds: [ID!]!
}

input SetAssignmentPostPolicyInput {
  assignmentId: ID!
  postManually: Boolean!
}

input SetCoursePostPolicyInput {
  courseId: ID!
  postManually: Boolean!
}

type PostAssignmentGradesPayload {
  assignment: Assignment
  errors: [ValidationError!]
  progress: Progress
  sections: [Section!]
}

type PostAssignmentGradesForSectionsPayload {
  assignment: Assignment
  errors: [ValidationError!]
  progress: Progress
  sections: [Section!]
}

type HideAssignmentGradesPayload {
  assignment: Assignment
  errors: [ValidationError!]
  progress: Progress
  sections: [Section!]
}

type HideAssignmentGradesForSectionsPayload {
  assignment: Assignment
  errors: [ValidationError!]
  progress: Progress
  sections: [Section!]
}

type SetAssignmentPostPolicyPayload {
  errors: [ValidationError!]
  postPolicy: PostPolicy
}

type SetCoursePostPolicyPayload {
  errors: [ValidationError!]
  postPolicy: PostPolicy
}

interface Node {
  id: ID!
}

type Assignment implements Node {
  _id: ID!
  anonymousGrading: Boolean
  course: Course
  id: ID!
  muted: Boolean
  name: String
  pointsPossible: Float
  postManually: Boolean
  postPolicy: PostPolicy
}

type Course implements Node {
  _id: ID!
  courseCode: String
  id: ID!
  name: String!
  postPolicy: PostPolicy
  sisId: String
}

type PostPolicy implements Node {
  _id: ID!
  assignment: Assignment
  course: Course!
  id: ID!
  postManually: Boolean!
}

type Progress implements Node {
  _id: ID!
  completion: Int
  id: ID!
  message: String
  state: ProgressState!
  tag: String!
}

enum ProgressState {
  queued
  running
  completed
  failed
}

type Section implements Node {
  _id: ID!
  id: ID!
  name: String!
  sisId: String
}

type ValidationError {
  attribute: String
  message: String!
}
"""
