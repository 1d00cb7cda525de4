/// Every number that decides the rank of an answer, with its reason.
///
/// The weights of addresses were tuned on one half of the test queries and evaluated on the other
/// (docs/geocoder-report.md). `openalmaty geocode --explain` and `suggest --explain` list the parts of each score under
/// these names.
enum RankingWeights {
    typealias Weight = RankingWeight<Double>
    /// A weight of the directory's word index.
    typealias TermWeight = RankingWeight<Float>

    // MARK: Addresses: limits on the confidence

    static let threshold = Weight("threshold", 0.35, "candidates below it are dropped: they explain too little")
    static let guess = Weight("guess", 0.5, "answers below it are guesses, so other ways to read the text are tried")
    static let fairlySure = Weight("fairly_sure", 0.75, "below it the text may be an institution, or be unfinished")
    static let sureEnough = Weight("sure_enough", 0.85, "no typos are considered: known words are rarely typos")

    // MARK: Addresses: penalties for how the name was matched

    static let exactMatch = Weight("exact_match", 1, "every word is explained as typed; penalties are subtracted")
    static let otherAlphabet = Weight("other_alphabet", 0.01, "Latin letters for a name known in Cyrillic are no doubt")
    static let caseEnding = Weight("case_ending", 0.02, "people inflect names; such a word is not a correction")
    static let typo = Weight("typo", 0.05, "even the slightest typo is worse than any other ending")
    static let typoInWord = Weight("typo_in_word", 0.6, "divided by the length of the word: «Саина» is not «сауна»")
    static let shortestWord = Weight("shortest_word", 4, "shorter words count as this long")
    static let spelling = Weight("spelling", 1, "the sum of the penalties for typos, endings and the other alphabet")
    static let otherForm = Weight("other_form", 0.01, "a variant or another case of the present name")
    static let partOfName = Weight("part_of_name", 0.03, "a surname alone may belong to another street")
    static let formerName = Weight("former_name", 0.08, "streets were renamed; the present name of another street wins")
    static let exactName = Weight("exact_name", 0.02, "beats a similar name whatever is known of the houses")
    static let givenName = Weight("given_name", 0.08, "a first name that the record lacks is probably the same person")

    // MARK: Addresses: penalties for type words

    static let noTypeWord = Weight("no_type_word", 0.02, "people leave out «улица» and «проспект»")
    static let noTypeWordOfArea = Weight("no_type_word_of_area", 0.03, "a bare name is a street before a microdistrict")
    static let noTypeWordOfDistrict = Weight("no_type_word_of_district", 0.05, "few mean a whole district")
    static let noTypeWordOfSquare = Weight("no_type_word_of_square", 0.05, "squares and passages rarely lack it")
    static let noTypeWordOfGarden = Weight("no_type_word_of_garden", 0.08, "their names are often common words")
    static let noTypeWordOfLane = Weight("no_type_word_of_lane", 0.1, "nobody means a lane if a street fits")
    static let noTypeWordAtCrossing = Weight("no_type_word_at_crossing", 0.01, "two streets side by side need none")
    static let similarType = Weight("similar_type", 0.04, "people call an avenue «улица»")
    static let similarTypeOfArea = Weight("similar_type_of_area", 0.05, "a village may be called a microdistrict")
    static let otherType = Weight("other_type", 0.2, "nobody calls a lane «улица»")
    static let otherClass = Weight("other_class", 0.4, "a microdistrict's type word does not describe a street")
    static let fittingType = Weight("fitting_type", 0.1, "type words with a penalty below it describe the place")
    static let borrowedTypeWord = Weight("borrowed_type_word", 0.5, "it belongs to the number before it: «8 мкр 12»")

    // MARK: Addresses: penalties for the house

    static let missingHouse = Weight("missing_house", 0.2, "the street alone is half an answer")
    static let relatedHouse = Weight("related_house", 0.02, "the record has fewer or more parts: «52» for «52/60»")
    static let byConvention = Weight("by_convention", 0.1, "one street without houses in eleven is a namesake")
    static let houseBeforeName = Weight("house_before_name", 0.01, "usual in Kazakh and English only")
    static let oddHouse = Weight("odd_house", 0.03, "the number stands where it is probably not the house")
    static let oneOfParts = Weight("one_of_parts", 0.04, "the street's record stands for several places")
    static let nextPart = Weight("next_part", 0.03, "each place after the most likely one")
    static let cornerHouse = Weight("corner_house", 0.02, "a house of a crossing is placed at the crossing")

    // MARK: Addresses: limits by the uncertainty of the position

    static let uncertainty = Weight("uncertainty", 1, "a vague pin is never reported as certain: see the next three")
    static let nearby = Weight("nearby", 200, "metres within which the house is still in sight")
    static let atNearby = Weight("at_nearby", 0.05, "the penalty at that distance; less in proportion below it")
    static let perDoubling = Weight("per_doubling", 0.08, "for each doubling of the distance: 0.69 is left at 2 km")

    // MARK: Addresses: penalties for words that nothing explains

    static let unexplainedWord = Weight("unexplained_word", 0.3, "two such words leave a guess, three nothing")
    static let unexplainedPair = Weight("unexplained_pair", 0.1, "two letters are often an abbreviation")
    static let unexplainedLetter = Weight("unexplained_letter", 0.03, "a letter is often an initial")
    static let unexplainedNumber = Weight("unexplained_number", 0.2, "it may be the house that was meant")
    static let postalCode = Weight("postal_code", 0.02, "adds no information")
    static let unknownArea = Weight("unknown_area", 0.2, "marked as a microdistrict: the street may still be right")
    static let premises = Weight("premises", 0.02, "the name of a building or business casts no doubt on its address")
    static let otherTown = Weight("other_town", 0.66, "the address is in another town: below the threshold")
    static let typosAndMore = Weight("typos_and_more", 1.3, "factor: unexplained words beside a corrected name")
    static let besideBlock = Weight("beside_block", 0.5, "factor: agreeing crossings of a block leave little doubt")
    static let numberOfName = Weight("number_of_name", 0.5, "the number makes it another name: «22 линия»")
    static let numberTakenForHouse = Weight("number_taken_for_house", 0.1, "the number of «Самал-4» is not its house")

    // MARK: Addresses: what the rest of the query says about the location

    static let agreement = Weight("agreement", 0.02, "bonus: a district or another name of the place agrees")
    static let disagreement = Weight("disagreement", 0.25, "the place lies outside the district or microdistrict named")
    static let doubtfulArea = Weight("doubtful_area", 0.05, "the area's name is also that of a street")
    static let contextSpelling = Weight("context_spelling", 0.05, "names with a greater penalty are no context")
    static let listedSpelling = Weight("listed_spelling", 0.02, "in a list of addresses names are taken as typed")

    // MARK: Addresses: crossings and blocks

    static let streetOfCrossing = Weight("street_of_crossing", 0.3, "one street does not answer «угол Абая и Манаса»")
    static let juxtaposedStreets = Weight("juxtaposed_streets", 0.06, "no word or sign stands between the two names")
    static let guessedCrossing = Weight("guessed_crossing", 0.1, "derived from how close two lines come")
    static let block = Weight("block", 0.05, "the centre of a block is a vague place")

    // MARK: Addresses: other ways to read the text

    static let otherLayout = Weight("other_layout", 0.1, "typed with another keyboard layout")
    static let partOfText = Weight("part_of_text", 0.2, "an address taken out of a longer text")
    static let institution = Weight("institution", 0.9, "factor: its words prove less than a whole address")
    static let addressOfInstitution = Weight("address_of_institution", 1, "as sure as the house of its address")
    static let institutionAtHouse = Weight("institution_at_house", 0.05, "its position proves less than the numbering")

    // MARK: Suggestions: names of places

    static let completion = Weight("completion", 0.75, "a name that begins as typed; between institutions and houses")
    static let importance = Weight("importance", 0.12, "times the importance, 0 to 1: great streets first")
    static let wholeName = Weight("whole_name", 0.1, "bonus: the name is complete")
    static let completedForm = Weight("completed_form", 0.5, "times the penalties of the next four")
    static let laterWord = Weight("later_word", 0.12, "the name contains the text but does not begin with it")
    static let completedVariant = Weight("completed_variant", 0.02, "a variant of the name")
    static let completedFormerName = Weight("completed_former_name", 0.1, "a former name comes after present ones")
    static let completedGarden = Weight("completed_garden", 0.1, "garden societies are rarely meant")
    static let importanceOfArea = Weight("importance_of_area", 0.5, "a microdistrict ranks among middling streets")
    static let importanceOfDistrict = Weight("importance_of_district", 0.6, "a district ranks among greater streets")
    static let completedTypo = Weight("completed_typo", 0.15, "each; corrected names come after those as typed")
    static let otherTypeCompleted = Weight("other_type_completed", 0.2, "the text has the type word of another place")

    // MARK: Suggestions: the importance of a street, at most 1

    static let importancePerRank = Weight("importance_per_rank", 0.1, "for each rank above the lowest, of five")
    static let metresOfImportance = Weight("metres_of_importance", 30_000, "of line add 1; at most the next value")
    static let importanceOfLength = Weight("importance_of_length", 0.3, "reached at 9 km, as long as the great avenues")
    static let importancePerHouse = Weight("importance_per_house", 0.01, "for each known house, at most the next value")
    static let importanceOfHouses = Weight("importance_of_houses", 0.2, "the data has houses for few streets")

    // MARK: Suggestions: what follows a name

    static let completedHouse = Weight("completed_house", 0.95, "a number after a street is almost always its house")
    static let nextNamesake = Weight("next_namesake", 0.02, "for each place of the same name before it")
    static let wholeNumber = Weight("whole_number", 0.02, "bonus: the number as typed before those that begin with it")
    static let nextNumber = Weight("next_number", 0.001, "keeps the houses in their order")
    static let estimatedHouse = Weight("estimated_house", 0.05, "known houses come before estimated positions")
    static let houseBeforeCompletion = Weight("house_before_completion", 2, "factor: «59 ме» is rather school 59")
    static let completedCrossing = Weight("completed_crossing", 0.05, "bonus: the two streets are known to cross")
    static let distance = Weight("distance", 0.06, "for the whole distance below: breaks ties between similar names")
    static let distanceReach = Weight("distance_reach", 10_000, "metres; beyond it all places count as equally far")
    static let weakSuggestion = Weight("weak_suggestion", 0.45, "if nothing reaches it, typos are considered")

    // MARK: Suggestions: institutions and categories

    static let completedCategory = Weight("completed_category", 0.92, "its name begins as typed: above institutions")
    static let completedSynonym = Weight("completed_synonym", 0.84, "among the institutions whose name begins as typed")
    static let categoryShare = Weight("category_share", 0.08, "times the share of the words in the category's name")
    static let categoryWords = Weight("category_words", 0.8, "times that share, if no name or synonym begins as typed")
    static let completedInstitution = Weight("completed_institution", 0.75, "times the matched share of the query")
    static let completedBeginning = Weight("completed_beginning", 0.15, "bonus: its name begins as typed")

    // MARK: Directory: the parts of the relevance

    static let share = TermWeight("share", 0.85, "times the share of the query's weight that is matched")
    static let cover = TermWeight("cover", 0.1, "times the part of the name that the query covers")
    static let beginning = TermWeight("beginning", 0.05, "bonus: the name begins with the query")
    static let rounding = TermWeight("rounding", 0.01, "relevances are whole hundredths")
    static let leastShare = TermWeight("least_share", 0.5, "an answer matches at least half of the query")
    static let besideBest = TermWeight("beside_best", 0.8, "factor: an answer is nearly as good as the best one")

    // MARK: Directory: the worth of a word by the field in which it matched

    static let nameField = TermWeight("name_field", 1, "the word is in the name")
    static let categoryField = TermWeight("category_field", 0.95, "in the name of the category: names come first")
    static let synonymField = TermWeight("synonym_field", 0.9, "in a synonym of the category")
    static let groupField = TermWeight("group_field", 0.7, "in the group's name: a category is meant less directly")
    static let addressField = TermWeight("address_field", 0.6, "in the address, beside a word of the name or category")
    static let addressNumber = TermWeight("address_number", 0.3, "a number in an address is rarely what was asked for")
    static let partOfPhrase = TermWeight("part_of_phrase", 0.75, "factor: «центр» of «торговый центр»")

    // MARK: Directory: factors for how a word matched

    static let inflected = TermWeight("inflected", 0.95, "another grammatical case or number")
    static let country = TermWeight("country", 0.94, "another word for the same country, less sure than an inflection")
    static let sounding = TermWeight("sounding", 0.9, "equal sounds in either alphabet")
    static let retyped = TermWeight("retyped", 0.9, "typed with another keyboard layout")
    static let oneTypo = TermWeight("one_typo", 0.8, "after every other way to match")
    static let twoTypos = TermWeight("two_typos", 0.7, "only in long words")
    static let anyPrefix = TermWeight("any_prefix", 0.5, "the beginning of a word, plus the next value in proportion")
    static let wholePrefix = TermWeight("whole_prefix", 0.4, "times the part of the word that was typed")
    static let unfinished = TermWeight("unfinished", 0.9, "all completions of the word being typed are equally good")

    // MARK: Directory: the weight of a word of the query

    static let leastWeight = TermWeight("least_weight", 0.5, "of a word, however many organizations have it")
    static let unknownWord = TermWeight("unknown_word", 0.55, "above the least: a frequent word beside it is no answer")
    static let leastOfCategory = TermWeight("least_of_category", 0.56, "above unknown words: «парк аптека» finds parks")
    static let leastOfNumber = TermWeight("least_of_number", 0.8, "«школа 25» is not another school")
    static let optionalWord = TermWeight("optional_word", 0.1, "factor: words like «город» help and are not required")
}
