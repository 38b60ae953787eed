-- Scores of the single questions of a survey, in the order of the setting that names them (H22, A101).
ALTER TABLE survey ADD COLUMN answers TEXT;
